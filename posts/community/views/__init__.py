"""What members see of stories and requests, and what authors see on their own page."""
