
Baction_noiseJпФ?ѕЫх>Iй?+О?vЄ‹>ЄЦ>