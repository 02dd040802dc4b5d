
BdiscountJÛ\}?¼p}?r}?