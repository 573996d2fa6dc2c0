"""What `./postern` needs to set a machine up and run the house; standard library only."""
