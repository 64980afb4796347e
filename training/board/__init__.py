"""What the pages of coverage show: asked, gathered, worded. Figures come from `training.coverage` alone."""
