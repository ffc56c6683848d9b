# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion for ioc: the program itself knows what may stand where.
function __ioc_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct | string trim --left --chars '"\'')
    for line in ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$current"
            case ':folders'
                __fish_complete_directories "$current"
            case ':nospace'
            case '*'
                echo $line
        end
    end
end
complete -c ioc -f -a '(__ioc_complete)'
