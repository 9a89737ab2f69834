SELECT path, body FROM bank_file JOIN document USING (hash) WHERE version = ?
