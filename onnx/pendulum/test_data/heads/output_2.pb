
BvalueJ†Ђ‰Б‰BќБв«њБ