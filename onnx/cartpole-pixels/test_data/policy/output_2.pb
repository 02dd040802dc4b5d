
BlogitsJcwÌ¿-?k†>¢o¾ó§v½5€>