
BklJ‹Û;B±ùAÜ™B