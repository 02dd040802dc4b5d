
BdiscountJeü}?1H}?î~?