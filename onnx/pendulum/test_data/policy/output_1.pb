
Baction_modeJÕ‘ý¿’mæ?¬Òý¿