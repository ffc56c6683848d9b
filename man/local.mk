# SPDX-License-Identifier: GPL-3.0-or-later
dist_man_MANS += %D%/ioc-gateway.8
dist_man_MANS += %D%/ioc.1
dist_man_MANS += %D%/ioc-theme.5
dist_man_MANS += %D%/ioc-config.5
dist_man_MANS += %D%/ioc-connector.5
dist_man_MANS += %D%/ioc-calendar.5
dist_man_MANS += %D%/ioc-deadlines.5
