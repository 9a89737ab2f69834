SELECT number FROM audit WHERE actor = ? AND action = ? AND subject = ? AND at_ms > ? AND at_ms <= ?
