"""What people type in training, by subject. A form checks what was typed; the rules are asked elsewhere."""
