
BdiscountJ%}?õr}?Üp}?