# SPDX-License-Identifier: GPL-3.0-or-later
themesdir = $(pkgdatadir)/themes
dist_themes_DATA = \
	%D%/16.yaml \
	%D%/dark.yaml \
	%D%/high-contrast.yaml \
	%D%/light.yaml \
	%D%/mono.yaml
