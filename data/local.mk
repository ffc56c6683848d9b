# SPDX-License-Identifier: GPL-3.0-or-later
dist_pkgdata_DATA += %D%/keys

connectorsdir = $(pkgdatadir)/connectors
dist_connectors_DATA = \
	%D%/connectors/frigate.yaml \
	%D%/connectors/native.yaml \
	%D%/connectors/open311.yaml \
	%D%/connectors/vcon.yaml
