
BklJШТїAо АAҐ—*B