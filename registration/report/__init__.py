"""The report for whoever funds an edition or a series: on a page, on paper, as a sheet."""
