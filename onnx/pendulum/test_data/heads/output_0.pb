
BrewardJæ*³¿R‘¿5dU¿