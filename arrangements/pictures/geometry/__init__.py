"""What pictures are made of, exactly: coordinates of the page, polygons cut by lines, the sphere, walls."""
