
BmeanJÕ‘}¿’mf?¬Ò}¿