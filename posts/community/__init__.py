"""What others say in public: a patient's story that we would share again, asked for and licensed first."""
