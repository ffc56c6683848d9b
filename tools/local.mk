# SPDX-License-Identifier: GPL-3.0-or-later
EXTRA_DIST += %D%/setup %D%/build %D%/demo %D%/check %D%/lint %D%/cppcheck.txt %D%/cppcheck.cfg

# The files of the distribution, for tools/lint.
list-dist:
	@echo $(DISTFILES)
.PHONY: list-dist
