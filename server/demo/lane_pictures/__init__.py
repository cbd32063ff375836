"""The pictures of the picture lane, drawn from numbers: `python -m server.demo.lane_pictures.rendered` draws them again.

Words: thing (what is drawn), surface (what it lies on), taken (photographed). A file of scenes holds one function for each picture.
"""
