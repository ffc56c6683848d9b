# SPDX-License-Identifier: GPL-3.0-or-later
dist_pkgdata_DATA += %D%/connector.schema.json
dist_pkgdata_DATA += %D%/deadlines.yaml
dist_pkgdata_DATA += %D%/openapi.yaml
dist_pkgdata_DATA += %D%/keys
dist_pkgdata_DATA += %D%/routing.yaml
dist_pkgdata_DATA += %D%/replies.yaml
dist_pkgdata_DATA += %D%/views.yaml

connectorsdir = $(pkgdatadir)/connectors
dist_connectors_DATA = \
	%D%/connectors/alertmanager.yaml \
	%D%/connectors/asterisk-cdr.yaml \
	%D%/connectors/cap.yaml \
	%D%/connectors/catalogues-csv.yaml \
	%D%/connectors/dvcqg.yaml \
	%D%/connectors/frigate.yaml \
	%D%/connectors/geojson.yaml \
	%D%/connectors/native.yaml \
	%D%/connectors/open311.yaml \
	%D%/connectors/pakn.yaml \
	%D%/connectors/vcon.yaml \
	%D%/connectors/zoneminder.yaml
cataloguesdir = $(pkgdatadir)/catalogues
dist_catalogues_DATA = \
	%D%/catalogues/areas.yaml \
	%D%/catalogues/cameras.yaml \
	%D%/catalogues/categories.yaml \
	%D%/catalogues/procedures.yaml \
	%D%/catalogues/units.yaml
calendarsdir = $(pkgdatadir)/calendars
dist_calendars_DATA = \
	%D%/calendars/hours.yaml \
	%D%/calendars/vietnam.yaml
demodir = $(pkgdatadir)/demo
dist_demo_DATA = \
	%D%/demo/alerts.yaml \
	%D%/demo/calls.yaml \
	%D%/demo/complaints.yaml \
	%D%/demo/dossiers.yaml \
	%D%/demo/people.yaml \
	%D%/demo/places.yaml \
	%D%/demo/routing.yaml

# The same files for who asks ioc for them, and where the shells look by themselves.
completiondir = $(pkgdatadir)/completion
dist_completion_DATA = %D%/completion/ioc %D%/completion/_ioc %D%/completion/ioc.fish
bashcompletiondir = $(datadir)/bash-completion/completions
bashcompletion_DATA = %D%/completion/ioc
zshcompletiondir = $(datadir)/zsh/site-functions
zshcompletion_DATA = %D%/completion/_ioc
fishcompletiondir = $(datadir)/fish/vendor_completions.d
fishcompletion_DATA = %D%/completion/ioc.fish
