
BdiscountJ­tz?Ãv?ÆÞ{?