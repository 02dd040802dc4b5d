
BrewardJÇÄ ¼#A½ÆÐ8½