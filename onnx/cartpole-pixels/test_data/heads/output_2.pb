
BvalueJ5´'@QR+@§0%@