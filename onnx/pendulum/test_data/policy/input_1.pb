
Baction_noiseJ,e>uû?Ÿ?