
BactionJ»a÷¿ÏuÆ?ðì¿