
BrewardJ’ö[<Xù;öK=