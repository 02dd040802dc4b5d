
BdiscountJÿ }?RC}?U}?