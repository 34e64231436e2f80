"""Builds the shipped templates (tracker/documents/forms/*.docx) from code: `manage.py build_forms`.

Layout follows GB/T 9704: A4, title 二号小标宋, body 三号仿宋 at a fixed 29 pt, headings 黑体 and 楷体, first line indented
by two characters. All of it stands in styles, so that an office changes a style once and not every paragraph.
"""
