
Baction_noiseJ0©ßB?`ºü<þ‘†>Ç¹M?‰ö-?,‘A>JTÍ>Fr¸>ÔÓ>qL:?Ý½Q?\ƒg>