
Bprev_actionJ*5È¿ÐAc>ô;?¿