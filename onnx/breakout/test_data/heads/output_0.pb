
BrewardJË© =è
ºÔE<