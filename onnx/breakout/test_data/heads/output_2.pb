
BvalueJRÚÚ?e›?Ÿw@