"""Work that happens after the commit: transactional outbox, worker, mail, purging."""
