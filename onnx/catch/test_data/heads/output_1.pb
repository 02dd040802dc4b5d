
BdiscountJ^‚}?1³}?ÿÚ}?