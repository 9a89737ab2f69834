SELECT account, sealed, used FROM second_step
