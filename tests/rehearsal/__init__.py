"""The rehearsal: publishing while workers are killed and people withdraw, counted afterwards. `./postern rehearsal`."""
