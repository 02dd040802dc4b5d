
BrewardJÌ]->ªsO»¦P'<