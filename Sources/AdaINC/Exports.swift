import AdaIN
import CAdaIN
