
BvalueJx”8@Iñ?ßÖŒ@