SELECT school FROM class WHERE id = ?
