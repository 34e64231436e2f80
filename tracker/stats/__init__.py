"""Statistics (统计): written definitions, figures that open their lists."""
