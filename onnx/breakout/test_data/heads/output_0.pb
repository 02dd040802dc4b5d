
BrewardJÀsA¼3²»¥²‰¼