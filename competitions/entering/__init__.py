"""What entrants do: start, write, attach, invite, agree, hand in. Views ask here and draw."""
