
BvalueJ!1@úÍ«?d~€@