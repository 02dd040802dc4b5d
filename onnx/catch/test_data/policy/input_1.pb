
Baction_noiseJ$†Tã>îç™>à&=¹ðJ?Ò1Ö>ŒO)>™Ea?£7?éç|?