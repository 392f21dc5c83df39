"""The sea chart and the sea lanes that ship with the layers."""
