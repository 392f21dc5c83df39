"""What a network is: nodes, edges, transfers, restrictions, costs."""
