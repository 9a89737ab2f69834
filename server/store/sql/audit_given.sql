SELECT seq, NULL FROM sqlite_sequence WHERE name = 'audit'
