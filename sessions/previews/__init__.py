"""What is inside a file: pictures and text of its pages, made apart from the site, and who may see how much.

`access` decides, `asking` writes down that a preview is wanted, `making` has it made in the child process
`child`, which reads pages by `pdf_pages`, `pptx_pages` and `odp_pages`; `pictures` knows where pictures lie, and
`forgetting` lets all of it go with the last file.
"""
