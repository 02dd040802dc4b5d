
BdiscountJOE}?%Σ|?Αρ{?