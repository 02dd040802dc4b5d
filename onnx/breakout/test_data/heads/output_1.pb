
BdiscountJ=n}?ða}?)Ô˜=